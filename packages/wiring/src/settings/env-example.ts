import { descriptionOf, type SettingName, settingNames } from './descriptions.ts';
import { type SettingGroup, settingGroups } from './setting-description.ts';

const WIDTH = 100;

/** What a `.env` starts from: every setting explained, every line a comment. */
export function envExample(): string {
  const head =
    'Settings of live-mem, read from a file named .env. Every line is a comment: take the # away in front of what you want to change.';
  const more = 'What is set in the environment itself wins over the file.';
  const groups = Object.entries(settingGroups).map(([group, about]) => groupText(group as SettingGroup, about));
  return `${[comment(head), comment(more), '', groups.join('\n\n')].join('\n')}\n`;
}

function groupText(group: SettingGroup, about: string): string {
  const members = settingNames.filter((name) => descriptionOf(name).group === group);
  return [`# ${'-'.repeat(WIDTH - 2)}`, comment(about), ...members.map(settingText)].join('\n');
}

function settingText(name: SettingName): string {
  const { meaning, otherwise, example } = descriptionOf(name);
  return `\n${comment(meaning)}\n${comment(`Default: ${otherwise}.`)}\n# ${name}=${example}`;
}

/** Words, broken into lines of comment. */
function comment(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length < WIDTH) lines.splice(-1, 1, line);
    else lines.push(` ${word}`);
  }
  return lines.map((line) => `#${line}`).join('\n');
}
