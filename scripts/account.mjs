import { become } from './become.mjs';
import { install } from './install.mjs';

become(install(), ['sync-server/cli/account.ts', ...process.argv.slice(2)]);
