import type { ConventionType } from '#kinds/convention.ts';
import type { Template } from './template.ts';

const subjects = ['sorting', 'clutter', 'dogs', 'toilets', 'quiet', 'courtyard'] as const;

/** `empty`: for either type, a text of one's own from the first word. */
export const templateNames = [...subjects, 'charter', 'empty'] as const;
export type TemplateName = (typeof templateNames)[number];

/** The templates for a text of this type. */
export function templatesFor(type: ConventionType): readonly TemplateName[] {
	return type === 'charter' ? ['charter', 'empty'] : [...subjects, 'empty'];
}

const empty: Template = { title: '', preamble: '', clauses: [] };

/** All templates in one language. */
export type TemplateTexts = Readonly<Record<Exclude<TemplateName, 'empty'>, Template>>;

/** Fetched when somebody begins a text: of all languages only that of the screen. */
export async function readTemplates(locale: string): Promise<TemplateTexts> {
	const { templates } = await (locale === 'en' ? import('./en/all.ts') : import('./zh-CN/all.ts'));
	return templates;
}

export function templateOf(texts: TemplateTexts, name: TemplateName): Template {
	return name === 'empty' ? empty : texts[name];
}
