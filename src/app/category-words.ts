import type { MatterCategory } from '#kinds/matter-category.ts';
import { matterCategories } from '#kinds/matter-category.ts';
import { m } from '#paraglide/messages.js';
import type { Option } from '#ui/option.ts';

export function categoryText(category: MatterCategory): string {
	switch (category) {
		case 'sorting':
			return m.matter_sorting();
		case 'repairs':
			return m.matter_repairs();
		case 'clutter':
			return m.matter_clutter();
		case 'dogs':
			return m.matter_dogs();
		case 'toilets':
			return m.matter_toilets();
		case 'parking':
			return m.matter_parking();
		case 'dispute':
			return m.matter_dispute();
		case 'other':
			return m.matter_other();
	}
}

export function categoryOptions(): readonly Option<MatterCategory>[] {
	return matterCategories.map((value) => ({ value, label: categoryText(value) }));
}
