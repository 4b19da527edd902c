/** A file name as the relative URI that SARIF wants: forward slashes, each segment encoded. */
export function toUri(file: string): string {
  return file
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
