/** UTF-8 bytes at which a document is full: less than the 2 MiB that the core takes, since people write there as well. */
const FULL = 1.5 * 1024 * 1024;

/** The documents that notes of one place go to: `progress.md`, and `progress-2.md` once that is full. */
export interface Volumes {
  /** The document that has room for so many more bytes, which are then taken. */
  take(filename: string, bytes: number): string;
}

/** @param sizes UTF-8 bytes by document */
export function openVolumes(sizes: ReadonlyMap<string, number>): Volumes {
  const taken = new Map(sizes);
  return {
    take(filename, bytes) {
      for (let volume = 1; ; volume += 1) {
        const name = volume === 1 ? filename : filename.replace(/\.md$/, `-${volume}.md`);
        const size = taken.get(name) ?? 0;
        if (size > 0 && size + bytes > FULL) continue;
        taken.set(name, size + bytes);
        return name;
      }
    },
  };
}
