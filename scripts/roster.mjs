import { become } from './become.mjs';
import { install } from './install.mjs';

// The program runs in the project's folder, but files are named from the caller's.
const INIT_CWD = process.env['INIT_CWD'] ?? process.cwd();

become(install(), ['sync-server/cli/roster.ts', ...process.argv.slice(2)], { INIT_CWD });
