import type { OperationNode, RawNode } from 'kysely'
import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  OperatorNode,
  ParensNode,
  ReferenceNode,
  TableNode,
  ValueNode,
} from 'kysely'
import { tenantTables } from './tables.ts'

/** A statement was written without saying whose rows it means; a mistake of ours, never of a person. */
export class TenancyError extends Error {
  override readonly name = 'TenancyError'
}

/**
 * The rule, for every select, update and delete, also inside CTEs and subqueries: each tenant table in it must be
 * pinned by `installation_id = value` (for `installations`: `id = value`) among the conditions joined by AND in its
 * WHERE, or in the ON of a join that keeps its rows out, directly or through an equality with the installation of a
 * table that is pinned. An OR pins nothing.
 * Inserts must name the column. Raw SQL must not mention a tenant table.
 *
 * @throws TenancyError
 */
export function checkStatement(node: OperationNode, outer: Pinned = new Map()): void {
  switch (node.kind) {
    case 'SelectQueryNode':
    case 'UpdateQueryNode':
    case 'DeleteQueryNode':
      return checkScope(node, outer)
    case 'InsertQueryNode':
      checkInsert(node)
      return checkChildren(node, outer)
    case 'MergeQueryNode':
      throw new TenancyError('MERGE cannot be checked for its installation; use INSERT … ON CONFLICT.')
    case 'RawNode':
      checkRaw(node as RawNode)
      return checkChildren(node, outer)
    default:
      return checkChildren(node, outer)
  }
}

/** Alias → its tenant column, for aliases known to be confined to one installation. */
type Pinned = ReadonlyMap<string, string>

function checkScope(node: OperationNode, outer: Pinned): void {
  const { from, table, using, joins, where } = node as OperationNode & {
    from?: OperationNode & { froms: readonly OperationNode[] }
    table?: OperationNode
    using?: OperationNode & { tables: readonly OperationNode[] }
    joins?: readonly (OperationNode & {
      joinType: string
      table: OperationNode
      on?: { on: OperationNode }
    })[]
    where?: { where: OperationNode }
  }
  const commonTables = commonTableNames(node)
  const sources = [
    table,
    ...(from?.froms ?? []),
    ...(using?.tables ?? []),
    ...(joins ?? []).map((join) => join.table),
  ]
  const tenants = new Map<string, string>()
  for (const source of sources) {
    for (const { name, alias, schema } of tablesOf(source)) {
      const column = !schema && commonTables.has(name) ? undefined : tenantTables.get(name)
      if (column) tenants.set(alias, column)
    }
  }
  const all = [...tenants.keys()]
  const conditions: Condition[] = [
    ...(where ? conjuncts(where.where).map((node) => ({ node, confines: all })) : []),
    ...(joins ?? []).flatMap((join) => {
      const confines = confinedByOn(join.joinType, aliasesOf(join.table), all)
      return join.on ? conjuncts(join.on.on).map((node) => ({ node, confines })) : []
    }),
  ]
  const pinned = pin(tenants, conditions, outer)
  const loose = [...tenants.keys()].filter((alias) => !pinned.has(alias))
  if (loose.length > 0) {
    const verb = node.kind.replace('QueryNode', '').toLowerCase()
    throw new TenancyError(
      `A ${verb} touches ${loose.join(', ')} without saying whose: add the condition on ${loose
        .map((alias) => `${alias}.${tenants.get(alias)}`)
        .join(', ')}, or make it a named cross-tenant job.`,
    )
  }
  checkChildren(node, new Map([...outer, ...pinned]))
}

/** A condition and the aliases whose rows it can keep out. */
interface Condition {
  node: OperationNode
  confines: readonly string[]
}

/** An outer join keeps the rows of its outer side whatever its ON says. */
function confinedByOn(joinType: string, joined: string[], all: string[]): string[] {
  if (joinType === 'InnerJoin' || joinType === 'LateralInnerJoin') return all
  return joinType === 'LeftJoin' || joinType === 'LateralLeftJoin' ? joined : []
}

function pin(tenants: ReadonlyMap<string, string>, conditions: Condition[], outer: Pinned): Pinned {
  const pinned = new Map<string, string>()
  const only = tenants.size === 1 ? [...tenants.keys()][0] : undefined
  const aliasOf = (node: OperationNode) => tenantColumn(node, tenants, outer, only)
  const sides = conditions.flatMap(({ node, confines }) => {
    if (!BinaryOperationNode.is(node) || !isEquals(node.operator)) return []
    return [
      { alias: aliasOf(node.leftOperand), other: node.rightOperand, confines },
      { alias: aliasOf(node.rightOperand), other: node.leftOperand, confines },
    ]
  })
  // Equalities lead from a pinned table to the next, in whatever order they were written.
  for (let before = -1; before !== pinned.size;) {
    before = pinned.size
    for (const { alias, other, confines } of sides) {
      const column = alias === null ? undefined : tenants.get(alias)
      if (alias === null || column === undefined || !confines.includes(alias)) continue
      const via = aliasOf(other)
      const known = via !== null && (pinned.has(via) || (outer.has(via) && !tenants.has(via)))
      if (ValueNode.is(other) || known) pinned.set(alias, column)
    }
  }
  return pinned
}

/** The alias whose tenant column this is; null for anything else. */
function tenantColumn(
  node: OperationNode,
  tenants: ReadonlyMap<string, string>,
  outer: Pinned,
  only: string | undefined,
): string | null {
  if (!ReferenceNode.is(node) || !ColumnNode.is(node.column)) return null
  const alias = node.table ? node.table.table.identifier.name : only
  if (alias === undefined) return null
  return (tenants.get(alias) ?? outer.get(alias)) === node.column.column.name ? alias : null
}

function checkInsert(node: OperationNode): void {
  const { into, columns } = node as OperationNode & { into?: TableNode; columns?: readonly ColumnNode[] }
  const name = into?.table.identifier.name
  const column = name === undefined ? undefined : tenantTables.get(name)
  if (column && !columns?.some((given) => given.column.name === column)) {
    throw new TenancyError(`An insert into ${name} does not give ${column}.`)
  }
}

const mention = new RegExp(`\\b(${[...tenantTables.keys()].join('|')})\\b`, 'i')

function checkRaw(node: RawNode): void {
  const named = node.parameters.map((part) => {
    if (TableNode.is(part)) return part.table.identifier.name
    return IdentifierNode.is(part) ? part.name : ''
  })
  const [found] = mention.exec([...node.sqlFragments, ...named].join(' ')) ?? []
  if (found) {
    throw new TenancyError(`Raw SQL mentions ${found}, and raw SQL cannot be checked for its installation.`)
  }
}

function checkChildren(node: OperationNode, outer: Pinned): void {
  for (const child of Object.values(node) as unknown[]) {
    for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
      if (isNode(item)) checkStatement(item, outer)
    }
  }
}

const isNode = (value: unknown): value is OperationNode =>
  typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'

const isEquals = (node: OperationNode): boolean => OperatorNode.is(node) && node.operator === '='

function conjuncts(node: OperationNode): OperationNode[] {
  if (AndNode.is(node)) return [...conjuncts(node.left), ...conjuncts(node.right)]
  return ParensNode.is(node) ? conjuncts(node.node) : [node]
}

/** `schema`: whether one was named, in which case no CTE is meant. */
function tablesOf(source: OperationNode | undefined): { name: string; alias: string; schema: boolean }[] {
  if (!source) return []
  if (source.kind === 'ListNode') {
    return (source as OperationNode & { items: readonly OperationNode[] }).items.flatMap(tablesOf)
  }
  if (TableNode.is(source)) {
    const { name } = source.table.identifier
    return [{ name, alias: name, schema: source.table.schema !== undefined }]
  }
  if (AliasNode.is(source) && TableNode.is(source.node)) {
    const { identifier, schema } = source.node.table
    const alias = IdentifierNode.is(source.alias) ? source.alias.name : identifier.name
    return [{ name: identifier.name, alias, schema: schema !== undefined }]
  }
  return []
}

const aliasesOf = (source: OperationNode): string[] => tablesOf(source).map(({ alias }) => alias)

/** A CTE hides a table of the same name; its own statement is checked where it stands. */
function commonTableNames(node: OperationNode): Set<string> {
  const { with: clause } = node as OperationNode & {
    with?: { expressions: readonly { name: { table: TableNode } }[] }
  }
  return new Set((clause?.expressions ?? []).map((one) => one.name.table.table.identifier.name))
}
