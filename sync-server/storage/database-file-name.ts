/** CouchDB's rule for names, and its one system database that this server has. */
const namePattern = /^[a-z][a-z0-9_$()+/-]*$/;
const systemNames = new Set(['_users']);
const maxLength = 200;

export function isDatabaseName(name: string): boolean {
	return name.length <= maxLength && (namePattern.test(name) || systemNames.has(name));
}

/**
 * The folder of a database. A name may have slashes, a folder may not: `a/b` → `a!b`. Nothing else in
 * a name means anything to a file system.
 * @throws RangeError when `name` is not a database's.
 */
export function fileNameOf(name: string): string {
	if (!isDatabaseName(name)) throw new RangeError(`not a database name: ${name}`);
	return name.replaceAll('/', '!');
}

/** The database a folder belongs to, or undefined when it is none of ours. */
export function nameOfFile(fileName: string): string | undefined {
	if (fileName.includes('/')) return undefined;
	const name = fileName.replaceAll('!', '/');
	return isDatabaseName(name) ? name : undefined;
}
