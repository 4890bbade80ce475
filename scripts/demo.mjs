import { become } from './become.mjs';
import { build } from './build.mjs';
import { install } from './install.mjs';

const node = install();
build(node);
become(node, ['sync-server/demo/main.ts']);
