import { expect, test } from 'vitest';
import { dictationOf, takingDown, type DictationListener } from '#features/meetings/dictation.ts';

/** A browser's recogniser as far as the standard says, driven by the test. */
function host() {
	const made: Recogniser[] = [];
	class Recogniser {
		lang = '';
		continuous = false;
		interimResults = false;
		running = false;
		onresult: ((event: { results: { transcript: string }[][] }) => void) | null = null;
		onerror: ((event: { error: string }) => void) | null = null;
		onend: (() => void) | null = null;
		constructor() {
			made.push(this);
		}
		start(): void {
			this.running = true;
		}
		stop(): void {
			this.running = false;
			this.onend?.();
		}
	}
	return { window: { webkitSpeechRecognition: Recogniser }, made };
}

function listening() {
	const told: string[] = [];
	const listener: DictationListener = {
		onheard: (text) => told.push(text),
		ontrouble: (trouble) => told.push(`trouble: ${trouble}`),
		onend: () => told.push('end')
	};
	return { told, listener };
}

test('a browser that cannot listen offers nothing', () => {
	expect(dictationOf({})).toBeUndefined();
});

test('all that was heard is told again with every word, until someone stops', () => {
	const { window, made } = host();
	const { told, listener } = listening();
	const stop = dictationOf(window)?.('zh-CN', listener);
	const [recogniser] = made;
	expect(recogniser).toMatchObject({ lang: 'zh-CN', continuous: true, interimResults: true, running: true });
	recogniser?.onresult?.({ results: [[{ transcript: '过道' }]] });
	recogniser?.onresult?.({ results: [[{ transcript: '过道' }], [{ transcript: '要清' }]] });
	stop?.();
	expect(told).toEqual(['过道', '过道要清', 'end']);
	expect(recogniser?.running).toBe(false);
});

test.each([
	['network', 'network'],
	['not-allowed', 'permission'],
	['audio-capture', 'permission'],
	['no-speech', 'silence'],
	['aborted', 'other']
])('%s is told as %s', (error, trouble) => {
	const { window, made } = host();
	const { told, listener } = listening();
	dictationOf(window)?.('zh-CN', listener);
	made[0]?.onerror?.({ error });
	expect(told).toEqual([`trouble: ${trouble}`]);
});

test('what is put right while it listens stays, and what is said then goes behind it', () => {
	const takeDown = takingDown();
	expect(takeDown('要办：', '过到')).toBe('要办：过到');
	// What is not sure yet is heard anew.
	expect(takeDown('要办：过到', '过道要清')).toBe('要办：过道要清');
	expect(takeDown('先办：过道要清', '过道要清沙发')).toBe('先办：过道要清沙发');
	expect(takeDown('先办：院门口要清沙', '过道要清沙发，明天')).toBe('先办：院门口要清沙，明天');
	expect(takeDown('先办：院门口要清沙，明天', '过道要清沙发，明天来车')).toBe('先办：院门口要清沙，明天来车');
});
