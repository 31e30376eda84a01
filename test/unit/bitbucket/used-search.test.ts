import { expect, test } from 'vitest';
import { propertiesIn } from '../../../src/bitbucket/properties.ts';
import { usedSearch } from '../../../src/bitbucket/used-search.ts';

const OLD = `plugin.search.elasticsearch.baseurl=http\\://old.example.com\\:9200
plugin.search.elasticsearch.username=old
plugin.search.elasticsearch.password=old-secret
plugin.search.elasticsearch.aws.region=us-west-2
`;
const NEW = OLD.replaceAll('plugin.search.elasticsearch', 'plugin.search.config').replaceAll('old', 'new');

function used(text: string): ReturnType<typeof usedSearch> {
  return usedSearch(propertiesIn(text));
}

test.each([
  ['old', OLD],
  ['new', NEW],
  ['new', OLD + NEW],
  ['new', NEW + OLD],
])('the %s names are read, and the new ones win', (word, text) => {
  expect(used(text)).toEqual({
    url: `http://${word}.example.com:9200`,
    username: word,
    password: `${word}-secret`,
    region: 'us-west-2',
  });
});

test('what is left out or empty is not there', () => {
  const blank = 'plugin.search.config.username=\nplugin.search.config.password=  \n';
  expect(used(`plugin.search.config.baseurl=search \t\n${blank}`)).toEqual({
    url: 'search',
    username: undefined,
    password: undefined,
    region: undefined,
  });
  expect(used('plugin.search.config.baseurl=\n')).toBeUndefined();
  expect(used('plugin.search.config.username=u\njdbc.url=x\n')).toBeUndefined();
});
