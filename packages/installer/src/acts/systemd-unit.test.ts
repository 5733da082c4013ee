import { systemdUnit, unitName } from './systemd-unit.ts';

test('the whole unit', () => {
  expect(systemdUnit('/home/user/ecr', '/home/user/ecr/launch.sh')).toBe(`[Unit]
Description=HiPay Desktop Connector in /home/user/ecr
StartLimitIntervalSec=0

[Service]
Type=exec
ExecCondition=/bin/sh -c 'test ! -e "$$1"' sh "/home/user/ecr/hipay/ecr-connector/bin/data/hold"
ExecStart=/bin/sh "/home/user/ecr/launch.sh" --foreground
Restart=on-failure
RestartSec=60
RestartPreventExitStatus=2
KillMode=mixed
TimeoutStopSec=630
UnsetEnvironment=NODE_OPTIONS
LimitCORE=0

[Install]
WantedBy=default.target
`);
});

test('what means something to systemd in a path is escaped', () => {
  const unit = systemdUnit('/home/user/100% $x', '/home/user/100% $x/launch.sh');
  expect(unit).toContain('ExecStart=/bin/sh "/home/user/100%% $$x/launch.sh" --foreground\n');
  expect(unit).toContain('sh "/home/user/100%% $$x/hipay/ecr-connector/bin/data/hold"\n');
  expect(unit).toContain('Description=HiPay Desktop Connector in /home/user/100%% $x\n');
});

test('each folder has a unit of its own', () => {
  expect(unitName('/home/user/ecr')).toMatch(/^hipay-desktop-connector-[0-9a-f]{8}\.service$/);
  expect(unitName('/home/user/ecr')).not.toBe(unitName('/home/user/ecr2'));
});
