/** 16 of 0-9 and a-f by chance. */
export function newId(): string {
	return crypto.randomUUID().replaceAll('-', '').slice(0, 16);
}
