import { bookRules } from './templates/book.ts';
import { companySteeringRules } from './templates/company-steering.ts';
import { medicalRules } from './templates/medical.ts';
import { preSalesRules } from './templates/pre-sales.ts';
import { productManagementRules } from './templates/product-management.ts';
import { softwareProjectRules } from './templates/software-project.ts';

/** What the rules that are shipped are for: the names after `template:`. */
export type TemplateName =
  | 'software-project'
  | 'book'
  | 'pre-sales'
  | 'medical'
  | 'product-management'
  | 'company-steering';

/** Rules that are shipped, by name. Markdown, at most 8,000 characters each, in English. */
export const rulesTemplates: Readonly<Record<TemplateName, string>> = {
  'software-project': softwareProjectRules,
  book: bookRules,
  'pre-sales': preSalesRules,
  medical: medicalRules,
  'product-management': productManagementRules,
  'company-steering': companySteeringRules,
};

/** The rules of a space that is given none. */
export const defaultTemplate: TemplateName = 'software-project';
