import type { tools } from '@live-mem/tools';

/** What a tool answers. */
export type AnswerOf<Name extends keyof typeof tools> = Awaited<ReturnType<(typeof tools)[Name]['call']>>;
