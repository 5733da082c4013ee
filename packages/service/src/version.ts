import packageJson from '../package.json' with { type: 'json' };

/** The connector's own version (semver). */
export const semver: string = packageJson.version;

/** As the documentation writes versions: `1.0.0-concertv2-linux`. */
export function versionOf(platform: string, architecture: string): string {
  return `${semver}-concertv2-${osName(platform, architecture)}`;
}

function osName(platform: string, architecture: string): string {
  if (platform === 'win32') return 'windows_64';
  if (platform === 'linux') return architecture === 'arm64' ? 'linux_arm64' : 'linux';
  return architecture === 'x64' ? platform : `${platform}_${architecture}`;
}
