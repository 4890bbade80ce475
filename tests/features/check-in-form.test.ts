import { expect, test } from 'vitest';
import {
	emptyForm,
	formOf,
	formOfDraft,
	observedBody,
	readWeight,
	viewOf
} from '../../src/features/check-ins/check-in-form.ts';

test.each([
	['', undefined],
	['  ', undefined],
	['1.5', 1.5],
	['1,5', 1.5],
	['１．５', 1.5],
	['2 公斤', 2],
	['0.3kg', 0.3],
	['1000', 1000]
])('a weight typed as %j is %j', (text, kg) => {
	expect(readWeight(text)).toEqual({ ok: true, kg });
});

test.each(['heavy', '-1', '1001', '1.2.3', '1e3', 'NaN'])('%j is no weight', (text) => {
	expect(readWeight(text)).toEqual({ ok: false, text });
});

test('what was left empty is left out of the view', () => {
	expect(viewOf({ ...emptyForm, note: '  ' }, 'correct')).toEqual({ ok: true, view: { quality: 'correct' } });
});

test('a view goes into the form and comes out of it unchanged', () => {
	const view = {
		quality: 'mixed' as const,
		streams: ['food' as const, 'other' as const],
		guided: true as const,
		note: 'two bags',
		photos: ['a'.repeat(64)],
		weightKg: 2.5
	};
	expect(viewOf(formOf(view), 'mixed')).toEqual({ ok: true, view });
});

test('the worker’s view leaves the household’s own report as it is', () => {
	const reported = { quality: 'correct' };
	expect(observedBody({ reported, observed: { quality: 'mixed' } }, { quality: 'correct' })).toEqual({
		reported,
		observed: { quality: 'correct' }
	});
});

test('a draft of another shape is not taken for a form', () => {
	expect(formOfDraft({ ...emptyForm, streams: ['glass'] })).toBeUndefined();
	expect(formOfDraft({ note: 'old' })).toBeUndefined();
	expect(formOfDraft({ ...emptyForm, note: 'kept' })).toEqual({ ...emptyForm, note: 'kept' });
});
