import { roleText } from '#app/role-words.ts';
import { m } from '#paraglide/messages.js';

/** 示例甲，网格员：草厂社区 第三网格. Empty when the server does not tell. */
export function usedBy(
	roles: readonly string[] | undefined,
	display: string | undefined,
	wording: Parameters<typeof roleText>[1]
): string {
	const parts = [display, ...(roles ?? []).map((role) => roleText(role, wording))];
	return parts.filter((part) => part !== undefined).join(m.import_part_comma());
}
