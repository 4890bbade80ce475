const digits = '零一二三四五六七八九';
const tens = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/u;

/** A whole number below 100 in Chinese or Arabic digits: `三`, `十二`, `二十`, `12`; else undefined. */
export function smallNumber(text: string): number | undefined {
	if (/^\d{1,6}$/.test(text)) return Number(text);
	if (text === '两') return 2;
	if (text.length === 1 && digits.includes(text)) return digits.indexOf(text);
	const match = tens.exec(text);
	if (!match) return undefined;
	const [, ten, one] = match;
	return (ten ? digits.indexOf(ten) : 1) * 10 + (one ? digits.indexOf(one) : 0);
}
