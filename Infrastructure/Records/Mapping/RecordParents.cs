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

    private static string CollectionOf(string collection) =>
        collection.StartsWith("r.", StringComparison.Ordinal) ? collection : $"'{collection}'";
}
