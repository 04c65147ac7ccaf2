import type {RigResolver} from '@gtown/sdk'
import {gasTownResolver} from '../resolver.js'

export default async function rigs(): Promise<RigResolver[]> {
  return [gasTownResolver]
}
