import { softwareProjectRules } from './templates/software-project.ts';

/** Rules that are shipped, by name. */
export const rulesTemplates: Readonly<Record<'software-project', string>> = {
  'software-project': softwareProjectRules,
};

/** The rules of a space that is given none. */
export const defaultTemplate: keyof typeof rulesTemplates = 'software-project';
