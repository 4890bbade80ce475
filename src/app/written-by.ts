import { m } from '#paraglide/messages.js';
import { instantText } from './dates.ts';

/** 网格员甲，11月23日 10:05: who wrote something, and when by the writer's device. */
export function writtenBy({ author, at }: { readonly author: string; readonly at: string }, locale: string) {
	return m.written_by({ author, when: instantText(at, locale) });
}
