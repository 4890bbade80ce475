import { tmpdir } from 'node:os';
import { isAbsolute, relative, resolve } from 'node:path';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** How this server runs. Read once, at the start, from the environment. */
export interface Config {
	readonly port: number;
	readonly host: string;
	readonly dataDir: string;
	/** The built app. */
	readonly buildDir: string;
	/** Files to serve HTTPS with. */
	readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
	/** Reverse proxies in front whose X-Forwarded-* headers are believed; 0 believes none. */
	readonly proxies: number;
	readonly logLevel: LogLevel;
	readonly metricsToken: string | undefined;
	readonly pbkdf2Iterations: number;
	readonly maxBodyBytes: number;
	readonly maxConnections: number;
	/** For a request that does not wait for changes. */
	readonly requestSeconds: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** One mistake: which variable, what is wrong with it, what to do. */
export interface ConfigProblem {
	readonly variable: string;
	readonly problem: string;
	readonly remedy: string;
}

export type ConfigRead =
	| { readonly ok: true; readonly config: Config }
	| { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** CouchDB's default since 3.4, and OWASP's advice for PBKDF2 with SHA-256. */
const defaultIterations = 600_000;
const mebibyte = 1024 * 1024;

/** Takes the whole environment and tells every mistake at once. An empty variable counts as absent. */
export function readConfig(env: Environment): ConfigRead {
	const problems: ConfigProblem[] = [];
	const wrong = (variable: string, problem: string, remedy: string) => {
		problems.push({ variable, problem, remedy });
	};
	const text = (variable: string) => env[variable]?.trim() || undefined;
	const number = (variable: string, fallback: number, min: number, max: number) => {
		const given = text(variable);
		if (given === undefined) return fallback;
		const value = /^\d+$/.test(given) ? Number(given) : NaN;
		if (value >= min && value <= max) return value;
		wrong(variable, `is ${JSON.stringify(given)}`, `give a whole number from ${min} to ${max}`);
		return fallback;
	};

	const certFile = text('TLS_CERT');
	const keyFile = text('TLS_KEY');
	if (certFile && !keyFile) wrong('TLS_KEY', 'is missing while TLS_CERT is set', 'set both or neither');
	if (keyFile && !certFile) wrong('TLS_CERT', 'is missing while TLS_KEY is set', 'set both or neither');
	const tls = certFile && keyFile ? { certFile: resolve(certFile), keyFile: resolve(keyFile) } : undefined;

	const level = text('LOG_LEVEL') ?? 'info';
	const logLevel = logLevels.find((known) => known === level) ?? 'info';
	if (level !== logLevel) {
		wrong('LOG_LEVEL', `is ${JSON.stringify(level)}`, `give one of ${logLevels.join(', ')}`);
	}

	const metricsToken = text('METRICS_TOKEN');
	if (metricsToken && metricsToken.length < 16) {
		wrong('METRICS_TOKEN', 'is shorter than 16 characters', 'give a long random text');
	}

	const dataDir = resolve(text('DATA_DIR') ?? 'data');
	const pbkdf2Iterations = number('ZG_PBKDF2_ITERATIONS', defaultIterations, 1, 10_000_000);
	if (pbkdf2Iterations < defaultIterations && !isTemporary(dataDir)) {
		wrong(
			'ZG_PBKDF2_ITERATIONS',
			`is ${pbkdf2Iterations}, too few to protect passwords`,
			`leave it out, or give at least ${defaultIterations}; fewer only with DATA_DIR within ${tmpdir()}`
		);
	}

	const config: Config = {
		port: number('PORT', 8787, 0, 65_535),
		// Without TLS, passwords would cross the network in clear and phones could not install the app.
		host: text('HOST') ?? (tls ? '0.0.0.0' : '127.0.0.1'),
		dataDir,
		buildDir: resolve(text('BUILD_DIR') ?? 'build'),
		tls,
		proxies: number('TRUST_PROXY', 0, 0, 9),
		logLevel,
		metricsToken,
		pbkdf2Iterations,
		maxBodyBytes: number('MAX_BODY_MB', 16, 1, 1024) * mebibyte,
		maxConnections: number('MAX_CONNECTIONS', 4096, 1, 1_000_000),
		requestSeconds: number('REQUEST_SECONDS', 120, 1, 3600)
	};
	return problems.length ? { ok: false, problems } : { ok: true, config };
}

export function formatProblem({ variable, problem, remedy }: ConfigProblem): string {
	return `${variable} ${problem}: ${remedy}.`;
}

/** Whether the folder is one the system throws away: what lies there protects nobody's password. */
function isTemporary(folder: string): boolean {
	const path = relative(tmpdir(), folder);
	return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}
