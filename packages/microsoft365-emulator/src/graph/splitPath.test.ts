import { expect, test } from 'vitest';
import { splitPath } from './splitPath.ts';

test.each([
  ['/users/ada%40contoso.com/manager/$ref', ['users', 'ada@contoso.com', 'manager', '$ref']],
  ["/users('ada')/memberOf", ['users', 'ada', 'memberOf']],
  ["/servicePrincipals(appId='x')", ['servicePrincipals', 'appId=x']],
  ['/users/microsoft.graph.delta()', ['users', 'delta']],
  ['/drives/b!x/root:/a/b:/children', ['drives', 'b!x', 'root:/a/b', 'children']],
  ['/drives/b!x/root:/a/b.txt', ['drives', 'b!x', 'root:/a/b.txt']],
  ['/drives/b!x/root:/:/children', ['drives', 'b!x', 'root', 'children']],
  ['/drives/b!x/root:', ['drives', 'b!x', 'root']],
  ['/drives/b!x/items/01AB:/new%20one.txt:/content', ['drives', 'b!x', 'items', '01AB:/new one.txt', 'content']],
  ['/drives/b!x/root:/Copy(1):/content', ['drives', 'b!x', 'root:/Copy(1)', 'content']],
  ['/sites/contoso.sharepoint.com:/sites/team', ['sites', 'contoso.sharepoint.com:/sites/team']],
  [
    '/sites/contoso.sharepoint.com:/sites/team:/drive/root:/a.txt:/content',
    ['sites', 'contoso.sharepoint.com:/sites/team', 'drive', 'root:/a.txt', 'content'],
  ],
  ["/sites/root/getByPath(path='/sites/team')/lists", ['sites', 'root', 'getByPath', 'path=/sites/team', 'lists']],
  ["/drives/b!x/root/search(q='a/b')", ['drives', 'b!x', 'root', 'search', 'q=a/b']],
  ['', []],
])('%s', (path, parts) => {
  expect(splitPath(path)).toEqual(parts);
});
