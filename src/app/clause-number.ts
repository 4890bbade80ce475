import { m } from '#paraglide/messages.js';

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 第十二条; Clause 12. `number`: from 1 to 99. */
export function clauseNumberText(number: number, locale: string): string {
	return m.clause_number({ number: locale === 'zh-CN' ? chineseNumber(number) : number });
}

function chineseNumber(number: number): string {
	const tens = Math.floor(number / 10);
	return `${tens > 1 ? (digits[tens] ?? tens) : ''}${tens > 0 ? '十' : ''}${digits[number % 10] ?? ''}`;
}
