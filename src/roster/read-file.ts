import { decodeFile } from './decode-file.ts';
import { readRoster, type RosterRead } from './read-roster.ts';

/** A spreadsheet file as a roster, or why it is none. Never rejects. */
export async function readRosterFile(bytes: Uint8Array): Promise<RosterRead> {
	const decoded = await decodeFile(bytes);
	return decoded.ok ? readRoster(decoded.sheets) : decoded;
}
