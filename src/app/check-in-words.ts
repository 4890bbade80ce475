import type { Quality, Stream } from '#kinds/check-in.ts';
import { m } from '#paraglide/messages.js';
import type { CheckInQuality, DayCheckIn } from '#read-models/check-ins.ts';
import type { Option, Tone } from '#ui/option.ts';
import type { DeliveryState } from './entity-delivery.ts';

/** What a household's day comes to; `none`: nobody checked in. */
export type DayWord = CheckInQuality | 'none';

export function dayWordOf(checkIn: DayCheckIn): DayWord {
	return checkIn.status === 'done' ? checkIn.quality : 'none';
}

export function qualityText(word: DayWord): string {
	switch (word) {
		case 'correct':
			return m.quality_correct();
		case 'mixed':
			return m.quality_mixed();
		case 'unsorted':
			return m.quality_unsorted();
		case 'doubtful':
			return m.quality_doubtful();
		case 'none':
			return m.quality_none();
	}
}

export function qualityOptions(): readonly { readonly value: Quality; readonly label: string }[] {
	return (['correct', 'mixed', 'unsorted'] as const).map((value) => ({ value, label: qualityText(value) }));
}

export function streamText(stream: Stream): string {
	switch (stream) {
		case 'food':
			return m.stream_food();
		case 'recyclable':
			return m.stream_recyclable();
		case 'hazardous':
			return m.stream_hazardous();
		case 'other':
			return m.stream_other();
	}
}

const tones: Readonly<Record<Stream, Tone>> = {
	food: 'green',
	recyclable: 'blue',
	hazardous: 'red',
	other: 'grey'
};

/** The streams with the colours of their bins. */
export function streamOptions(): readonly Option<Stream>[] {
	return (['food', 'recyclable', 'hazardous', 'other'] as const).map((value) => ({
		value,
		label: streamText(value),
		tone: tones[value]
	}));
}

export function deliveryText(state: DeliveryState | 'draft'): string {
	switch (state) {
		case 'draft':
			return m.delivery_draft();
		case 'waiting':
			return m.delivery_waiting();
		case 'delivered':
			return m.delivery_delivered();
		case 'refused':
			return m.delivery_refused();
	}
}
