import {join} from 'node:path'
import type {Town} from '@gtown/sdk'

/** Folder of the watch's files in a town, including the deacon's pause. */
export const watchFolder = ({root}: Pick<Town, 'root'>) => join(root, '.runtime', 'deacon')

export const pauseFile = (town: Pick<Town, 'root'>) => join(watchFolder(town), 'paused.json')
