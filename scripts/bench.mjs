import { become } from './become.mjs';
import { generate } from './build.mjs';
import { install } from './install.mjs';

// What measures is built with what the project is built with: it runs when that is there.
const node = install();
generate(node);
become(node, ['scripts/bench-parts.mjs', ...process.argv.slice(2)]);
