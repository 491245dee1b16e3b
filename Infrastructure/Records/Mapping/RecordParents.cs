namespace Registry.Infrastructure.Records.Mapping;

/// <summary>
/// The parents of a record: changes of the record are listed with them too. The parents of a membership are its forum
/// and its member.
/// </summary>
/// <param name="table">The table of the record, with the alias r.</param>
/// <param name="id">The column of its id.</param>
/// <param name="joins">The joins that are needed to find the parents.</param>
/// <param name="parents">
/// The parents: their collection, or the column that names it (r.Collection); the column with their id.
/// </param>
internal sealed class RecordParents(
    string table,
    string id,
    string joins,
    params (string Collection, string Column)[] parents
)
{
    /// <summary>A record without parents.</summary>
    public static readonly RecordParents None = new("", "", "");

    /// <summary>
    /// Logs a change for the record and its parents, those of the new and those of the former version. A reader who
    /// follows a parent therefore also sees a record leave it, or its deletion.
    /// </summary>
    public string Note { get; } =
        NoteOf(id, joins, parents, ($"{table} r", ""), ($"{table}History r", " AND r.Version = @Version - 1"));

    /// <summary>Logs the first version of a record for the record and its parents.</summary>
    public string NoteFirst { get; } = NoteOf(id, joins, parents, ($"{table} r", ""));

    /// <summary>Selects the parents from which the forum of a record follows, the nearest one first.</summary>
    /// <param name="isOwner">True for the collections whose records own others.</param>
    /// <returns>The statement with the parameter SubjectId; null when no forum follows from the parents.</returns>
    public string? OwnersOf(Func<string, bool> isOwner)
    {
        // A collection may be a parent twice: a membership belongs to its forum, and not to the forum that is its member.
        var owners = parents
            .Where(parent => IsColumn(parent.Collection) || isOwner(parent.Collection))
            .DistinctBy(parent => parent.Collection)
            .Select(parent =>
                $"""
                    SELECT {CollectionOf(parent.Collection)} AS Collection, {parent.Column} AS Id
                    FROM {table} r{joins}
                    WHERE r.{id} = @SubjectId AND {parent.Column} IS NOT NULL
                    """
            )
            .ToArray();
        return owners.Length == 0 ? null : string.Join("\nUNION ALL\n", owners);
    }

    private static string NoteOf(
        string id,
        string joins,
        (string Collection, string Column)[] parents,
        params (string Table, string Condition)[] versions
    ) =>
        string.Join(
            "\n",
            parents
                .SelectMany(
                    parent => versions,
                    (parent, source) =>
                        $"""
                            UNION SELECT @Sequence, {CollectionOf(parent.Collection)}, {parent.Column}
                            FROM {source.Table}{joins}
                            WHERE r.{id} = @SubjectId{source.Condition} AND {parent.Column} IS NOT NULL
                            """
                )
                .Prepend(
                    """
                    INSERT INTO ChangeSubject (Sequence, Collection, SubjectId)
                    SELECT @Sequence, @Collection, @SubjectId
                    """
                )
        );

    private static string CollectionOf(string collection) => IsColumn(collection) ? collection : $"'{collection}'";

    private static bool IsColumn(string collection) => collection.StartsWith("r.", StringComparison.Ordinal);
}
