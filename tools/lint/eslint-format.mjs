// ESLint's findings one a line, and a closing line with the counts, like the other checks of ./run lint.
import { relative } from 'node:path';

export default function format(results) {
  const lines = [];
  for (const { filePath, messages } of results) {
    const file = relative(new URL('../..', import.meta.url).pathname, filePath);
    for (const { line, column, message, ruleId } of messages) {
      lines.push(`${file}:${line ?? 1}:${column ?? 1}: error: ${message} [${ruleId ?? 'parse'}]`);
    }
  }
  const files = results.length;
  lines.push(`eslint: ${files} files, ${lines.length} findings`);
  return lines.join('\n');
}
