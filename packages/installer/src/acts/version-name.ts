/** As HiPay names systems in its deliveries and its versions. */
export function osName(platform: NodeJS.Platform, architecture: string): string {
  if (platform === 'win32') return 'windows_64';
  return architecture === 'arm64' ? 'linux_arm64' : 'linux';
}

/** As the documentation writes versions: `1.0.0-concertv2-linux`. */
export function versionName(version: string, platform: NodeJS.Platform, architecture: string): string {
  return `${version}-concertv2-${osName(platform, architecture)}`;
}
