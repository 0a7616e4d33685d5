import { softwareProjectRules } from './templates/software-project.ts';

/** Rules that are shipped, by name. */
export const rulesTemplates = { 'software-project': softwareProjectRules } as const;

export const defaultTemplate = 'software-project' satisfies keyof typeof rulesTemplates;
