import { m } from '#paraglide/messages.js';
import type { NewLineType } from './line-fields.ts';

/** 发言 */
export function lineTypeText(type: NewLineType): string {
	switch (type) {
		case 'said':
			return m.meetings_line_said();
		case 'count':
			return m.meetings_line_count_title();
		case 'resolution':
			return m.meetings_line_resolution();
		case 'matter':
			return m.meetings_line_matter();
	}
}
