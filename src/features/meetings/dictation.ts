/** What of the browser's SpeechRecognition (Web Speech API) is used here. */
interface Recogniser {
	lang: string;
	continuous: boolean;
	interimResults: boolean;
	onresult: ((event: Heard) => void) | null;
	onerror: ((event: { readonly error: string }) => void) | null;
	onend: (() => void) | null;
	start(): void;
	stop(): void;
}
interface Heard {
	readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>>;
}

/** Why nothing was heard. */
export type DictationTrouble = 'network' | 'permission' | 'silence' | 'other';

export interface DictationListener {
	/** All that was heard since the beginning, what is not sure yet included. */
	onheard(text: string): void;
	ontrouble(trouble: DictationTrouble): void;
	onend(): void;
}

/** Begins to listen and returns how to stop; undefined where the browser cannot. */
export type Listen = (locale: string, listener: DictationListener) => () => void;

export function dictationOf(host: object): Listen | undefined {
	const Found = [Reflect.get(host, 'SpeechRecognition'), Reflect.get(host, 'webkitSpeechRecognition')].find(
		isRecogniser
	);
	if (!Found) return undefined;
	return (locale, listener) => {
		const recogniser = new Found();
		recogniser.lang = locale;
		recogniser.continuous = true;
		recogniser.interimResults = true;
		recogniser.onresult = ({ results }) =>
			listener.onheard(Array.from(results, (result) => result[0]?.transcript ?? '').join(''));
		recogniser.onerror = ({ error }) => listener.ontrouble(troubleOf(error));
		recogniser.onend = () => listener.onend();
		recogniser.start();
		return () => recogniser.stop();
	};
}

/**
 * Puts what is heard behind a text that someone may be putting right meanwhile. Each call gets the text as it is and
 * all that was heard so far: what it put there last it replaces, as long as nobody touched that; after a correction
 * it goes on behind it with what is new.
 */
export function takingDown(): (text: string, heard: string) => string {
	let settled = 0;
	let last = '';
	return (text, heard) => {
		const untouched = text.endsWith(last);
		if (!untouched) settled += last.length;
		const before = untouched ? text.slice(0, text.length - last.length) : text;
		last = heard.slice(settled);
		return before + last;
	};
}

function isRecogniser(value: unknown): value is new () => Recogniser {
	return typeof value === 'function';
}

function troubleOf(error: string): DictationTrouble {
	switch (error) {
		case 'network':
			return 'network';
		case 'not-allowed':
		case 'service-not-allowed':
		case 'audio-capture':
			return 'permission';
		case 'no-speech':
			return 'silence';
		default:
			return 'other';
	}
}
