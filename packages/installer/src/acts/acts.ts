import type { Acts } from '../world.ts';
import { earlierInstallation } from './earlier-installation.ts';
import { install, start } from './install.ts';
import type { System } from './system.ts';
import { uninstall } from './uninstall.ts';

/** What the setup does to this system. */
export function createActs(system: System): Acts {
  return {
    install: (plan, tell) => install(plan, system, tell),
    start: (plan) => start(plan, system),
    uninstall: (request, tell) => uninstall(request, system, tell),
    earlierInstallation: (folder) => earlierInstallation(folder, system),
  };
}
