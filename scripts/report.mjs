import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Cases */

/**
 * The cases of a report in Vitest's (Jest's) or Playwright's JSON.
 * A run that failed without a failed case, a file that does not load for one, counts as one.
 * @param {string | undefined} file Absent for checks that have no cases: the check is the case.
 * @param {boolean} ok Whether the run ended well.
 * @returns {Cases}
 */
export function casesOf(file, ok) {
	if (file === undefined || !existsSync(file)) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
	const cases = counted(file);
	return ok ? cases : { ...cases, failed: Math.max(1, cases.failed) };
}

/**
 * @param {string} file
 * @returns {Cases}
 */
function counted(file) {
	/**
	 * @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
	 *   stats?: { expected: number, unexpected: number, flaky: number, skipped: number } }}
	 */
	const report = JSON.parse(readFileSync(file, 'utf8'));
	const { stats } = report;
	if (stats)
		return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests,
		skipped: report.numPendingTests + report.numTodoTests
	};
}

/**
 * @param {readonly { title: string, ok: boolean, seconds: number, cases: Cases }[]} results
 * @returns {string} A table, one line a check.
 */
export function table(results) {
	return results
		.map(({ title, ok, seconds, cases: { passed, failed, skipped } }) =>
			[
				ok ? 'ok    ' : 'FAILED',
				title.padEnd(52),
				`${passed} passed`.padStart(12),
				(failed > 0 ? `${failed} failed` : '').padStart(10),
				(skipped > 0 ? `${skipped} skipped` : '').padStart(10),
				`${seconds.toFixed(1)} s`.padStart(10)
			].join(' ')
		)
		.join('\n');
}
