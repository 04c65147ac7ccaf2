import type {KillTarget} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {Members} from '../../src/members.js'
import {type Row, scanOf} from '../support/scans.js'

const marker = 'town/session/1'
const server = {pid: 10, marker: 'infra'}
const root = {pid: 100, parent: 10, terminal: '/dev/pts/1', marker}

const membersOf = (rows: Row[], target: KillTarget = {roots: [100], marker}) =>
  new Members(target).find(scanOf(rows)).map(({pid}) => pid)

const belongs: [title: string, row: Row][] = [
  ['a child without a marker', {pid: 200, parent: 100}],
  ['the marker alone', {pid: 200, marker}],
  ["the root's session alone", {pid: 200, session: 100}],
  ["the root's controlling terminal alone", {pid: 200, terminal: '/dev/pts/1'}],
  ["an orphan with the root's terminal open", {pid: 200, open: ['/dev/pts/1']}],
  ["an orphan with it open, taken over by the root's ancestor", {pid: 200, parent: 10, open: ['/dev/pts/1']}],
]
test.for(belongs)('find_%s: a member', ([, row]) => {
  expect(membersOf([server, root, row])).toEqual([100, 200])
})

const foreign: [title: string, row: Row][] = [
  ['nothing in common', {pid: 200}],
  ['a child with another marker', {pid: 200, parent: 100, marker: 'town/session/2'}],
  ['a marker that begins with ours', {pid: 200, marker: `${marker}0`}],
  ["the root's session, but another marker", {pid: 200, session: 100, marker: 'infra'}],
  ["a living stranger's child with the terminal open", {pid: 200, parent: 300, open: ['/dev/pts/1']}],
  ['an orphan with an earlier terminal of that number open', {pid: 200, open: ['/dev/pts/1 (deleted)']}],
  ["a neighbour under the root's parent", {pid: 200, parent: 10, terminal: '/dev/pts/2'}],
]
test.for(foreign)('find_%s: no member', ([, row]) => {
  expect(membersOf([server, root, row, {pid: 300}])).toEqual([100])
})

test('find_a tmux server that the session started: neither it nor what runs in it, whatever it inherited', () => {
  const hosted = [
    {pid: 200, parent: 100, marker, isTmuxServer: true},
    {pid: 201, parent: 200, marker, terminal: '/dev/pts/7'},
    {pid: 202, parent: 201, marker},
    {pid: 203, parent: 100, marker},
  ]
  expect(membersOf([{...server, isTmuxServer: true}, root, ...hosted])).toEqual([100, 203])
})

test('find_below a process with another marker: only members with evidence of their own', () => {
  const below = [
    {pid: 200, parent: 100, marker: 'infra'},
    {pid: 201, parent: 200},
    {pid: 202, parent: 201, marker},
    {pid: 203, parent: 202},
  ]
  expect(membersOf([server, root, ...below])).toEqual([100, 202, 203])
})

test('find_ancestor of the root carries the marker: no member', () => {
  expect(membersOf([{pid: 10, marker}, root])).toEqual([100])
})

test('find_one root runs below another: the processes between them are members', () => {
  const rows = [server, root, {pid: 200, parent: 100}, {pid: 300, parent: 200}]

  expect(membersOf(rows, {roots: [100, 300], marker})).toEqual([100, 300, 200])
})

test('find_root with another parent: a later process with its pid, no member', () => {
  const stranger = {pid: 100, parent: 1, session: 100, terminal: '/dev/pts/9'}
  const others = [
    {pid: 200, parent: 100},
    {pid: 300, terminal: '/dev/pts/9'},
  ]
  expect(membersOf([stranger, ...others], {roots: [100], parentPid: 7, marker})).toEqual([])
  expect(
    membersOf([{pid: 7}, {...stranger, parent: 7}, ...others], {roots: [100], parentPid: 7, marker}),
  ).toEqual([100, 300, 200])
})

test('find_roots 0 and 1: ignored, and so is session id 0', () => {
  expect(
    membersOf([{pid: 200, session: 0}, {pid: 201, session: 1}, root], {roots: [0, 1, 100], marker}),
  ).toEqual([100])
})

test('find_pid 1 carries the marker: no member, whether the root is alive or not', () => {
  const first = {pid: 1, parent: 0, marker}
  expect(membersOf([first, root])).toEqual([100])
  expect(membersOf([first, {pid: 200, session: 100}])).toEqual([200])
})

test('find_root carries another marker: neither it nor its session is a member', () => {
  expect(membersOf([server, {...root, marker: 'town/session/2'}, {pid: 200, session: 100}])).toEqual([])
})

test('find_root has ended: its session id and the marker find the rest', () => {
  expect(membersOf([server, {pid: 200, session: 100}, {pid: 201, marker}, {pid: 202}])).toEqual([200, 201])
})

test('find_empty marker: matches nothing', () => {
  expect(membersOf([server, root, {pid: 200, marker: 'x'}], {roots: [100], marker: ''})).toEqual([100])
})

test('find_second scan, parent and environment lost: still a member', () => {
  const members = new Members({roots: [100], marker})
  members.find(scanOf([server, root, {pid: 200, parent: 100}]))

  expect(members.find(scanOf([server, {pid: 200}])).map(({pid}) => pid)).toEqual([200])
})

test('find_second scan, a pid was reused: no member, not even a root’s', () => {
  const members = new Members({roots: [100], marker})
  members.find(scanOf([server, root, {pid: 200, parent: 100}]))
  const later = [
    {...server},
    {pid: 100, start: 'later'},
    {pid: 200, start: 'later'},
    {pid: 201, session: 100},
  ]

  expect(members.find(scanOf(later))).toEqual([])
})

test('find_second scan, a member has another marker now: no longer a member', () => {
  const members = new Members({roots: [100], marker})
  members.find(scanOf([server, root, {pid: 200, parent: 100}]))

  expect(members.find(scanOf([server, {pid: 200, marker: 'infra'}]))).toEqual([])
})

test('find_no marker, but the root inherited one: its tree stays together after the root has ended', () => {
  const members = new Members({roots: [100]})
  const rows = [server, {...root, marker: 'infra'}, {pid: 200, parent: 100, marker: 'infra'}]

  expect(members.find(scanOf([...rows, {pid: 300, marker: 'infra'}])).map(({pid}) => pid)).toEqual([100, 200])
  expect(members.find(scanOf([server, {pid: 200, marker: 'infra'}])).map(({pid}) => pid)).toEqual([200])
})
