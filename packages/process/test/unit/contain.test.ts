import {expect, test, vi} from 'vitest'
import {contain} from '../../src/contain.js'

test.for([
  {platform: 'darwin', arch: 'arm64'},
  {platform: 'linux', arch: 'ia32'},
])('contain_$platform on $arch cannot contain: the command stays as it is', async ({platform, arch}) => {
  vi.stubGlobal('process', Object.create(process, {platform: {value: platform}, arch: {value: arch}}))
  try {
    expect(await contain(['agent', 'x'])).toEqual(['agent', 'x'])
  } finally {
    vi.unstubAllGlobals()
  }
})
