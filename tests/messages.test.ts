import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';

const folder = new URL('../messages/', import.meta.url);
const locales = readdirSync(folder).sort();
const texts = v.record(v.string(), v.string());

function messages(locale: string): ReadonlyMap<string, string> {
	const files = readdirSync(new URL(`${locale}/`, folder)).sort();
	const entries = files.flatMap((file) =>
		Object.entries(v.parse(texts, JSON.parse(readFileSync(new URL(`${locale}/${file}`, folder), 'utf8'))))
			.filter(([key]) => key !== '$schema')
			.map(([key, text]): [string, string, string] => [key, text, file])
	);
	const keys = entries.map(([key]) => key);
	const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
	expect(twice, `${locale}: said in two files, or twice in one`).toEqual([]);
	return new Map(entries.map(([key, text]) => [key, text]));
}

function placeholders(text: string): readonly string[] {
	return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
}

describe('messages', () => {
	const [chinese, english] = [messages('zh-CN'), messages('en')];

	test('are in Chinese and English and nothing else', () => {
		expect(locales).toEqual(['en', 'zh-CN']);
	});

	test('say the same things in both languages', () => {
		expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
		expect(chinese.size).toBeGreaterThan(100);
	});

	test('have a text for everything', () => {
		for (const known of [chinese, english]) {
			expect([...known].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
		}
	});

	test('name the same values in both languages', () => {
		for (const [key, text] of chinese) {
			expect([key, ...placeholders(english.get(key) ?? '')]).toEqual([key, ...placeholders(text)]);
		}
	});

	test('have no Chinese left in English beyond names for what has no other', () => {
		// The languages' own names, the roster's column headings, and a place's example.
		const allowed = /^(?:import_intro)$/;
		const mixed = [...english].filter(([key, text]) => /\p{Script=Han}/u.test(text) && !allowed.test(key));
		expect(mixed).toEqual([]);
	});
});
