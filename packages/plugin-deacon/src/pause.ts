import {join} from 'node:path'
import type {Town} from '@gtown/sdk'

/** The folder of what the watch of a town keeps, beside the pause of the deacon. */
export const watchFolder = ({root}: Pick<Town, 'root'>) => join(root, '.runtime', 'deacon')

export const pauseFile = (town: Pick<Town, 'root'>) => join(watchFolder(town), 'paused.json')
