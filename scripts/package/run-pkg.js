import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

/**
 * Makes one executable by pkg, in a process of its own, since pkg changes its working directory. Its command line cannot say what is
 * needed here, the function behind it can:
 * - `execArgvExtension: 'none'`: the executable takes no options of Node from NODE_OPTIONS;
 * - `execArgv`: a till's program makes little garbage, and memory that is kept for it is a till's;
 * - assets;
 * - `main` as a relative path: Node writes it into the executable, which otherwise would hold the path of the checkout, and be another
 *   one in each. pkg works in a folder made in TMPDIR, beside which the program stands.
 */
const { main, assets, target, node, output } = JSON.parse(process.argv[2]);
const [platform, arch] = target.split('-');

const { default: sea } = createRequire(import.meta.url)('@yao-pkg/pkg/lib-es5/sea.js');
await sea(main, {
  targets: [{ platform, arch, nodeRange: `node${node}`, output }],
  seaConfig: {
    main: join('..', basename(main)),
    assets,
    execArgv: ['--max-semi-space-size=1'],
    execArgvExtension: 'none',
  },
});
