import { satisfactions, type Satisfaction } from '#kinds/evaluation.ts';
import { m } from '#paraglide/messages.js';
import type { Option } from '#ui/option.ts';

export function satisfactionText(satisfaction: Satisfaction): string {
	switch (satisfaction) {
		case 'satisfied':
			return m.public_satisfied();
		case 'partly':
			return m.public_partly();
		case 'not':
			return m.public_not();
	}
}

export function satisfactionOptions(): readonly Option<Satisfaction>[] {
	return satisfactions.map((value) => ({ value, label: satisfactionText(value) }));
}
