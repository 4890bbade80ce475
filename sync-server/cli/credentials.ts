import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from './client.ts';

/** Where to log in, and as whom. */
export interface ServerLogin {
	readonly url: string;
	readonly name: string;
	readonly password: string;
}

/**
 * From ZG_URL, ZG_USER and ZG_PASSWORD; what is missing is asked for at the terminal, the password unseen.
 * @throws CommandError when something is missing and there is no terminal.
 */
export async function askLogin(env: NodeJS.ProcessEnv): Promise<ServerLogin> {
	const url = env['ZG_URL'] || 'http://localhost:8787';
	const name = env['ZG_USER'] || (await ask('ZG_USER', `Account on ${url}: `, true));
	const password = env['ZG_PASSWORD'] || (await ask('ZG_PASSWORD', `Password of ${name}: `, false));
	return { url, name, password };
}

async function ask(variable: string, question: string, seen: boolean): Promise<string> {
	if (!process.stdin.isTTY)
		throw new CommandError(`${variable} is missing, and there is no terminal to ask at.`);
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	if (!seen) process.stderr.write(question);
	const terminal = createInterface({
		input: process.stdin,
		output: seen ? process.stderr : silent,
		terminal: true
	});
	try {
		return (await terminal.question(seen ? question : '')).trim();
	} finally {
		terminal.close();
		if (!seen) process.stderr.write('\n');
	}
}
