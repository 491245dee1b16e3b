using System.Runtime.CompilerServices;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>The rows that a statement reads from the tables of records.</summary>
internal enum SqlForm
{
    /// <summary>The current rows.</summary>
    Present,

    /// <summary>The rows that were current at the instant @KnownAt.</summary>
    AtInstant,

    /// <summary>The current rows, and the last rows of the records deleted after the instant @ChangedSince.</summary>
    WithDeleted,
}

/// <summary>A part of a statement whose text depends on the rows that are read.</summary>
internal interface ISqlPart
{
    /// <summary>The text of the part.</summary>
    public string Text(SqlForm form);
}

/// <summary>
/// A statement, or a part of one, that names the tables of records as values: <c>$"SELECT f.Code FROM {Forums} f"</c>.
/// </summary>
/// <remarks>
/// The text of each form is rendered on first use and cached with the statement, so the cache is limited to the statements in
/// the code. There is no conversion from a plain string. A statement that names no table of records, and so has only one form,
/// stays a string; only <see cref="WriteSession"/> and connections run strings.
/// </remarks>
[InterpolatedStringHandler]
internal sealed class Sql : ISqlPart, INamedStatements
{
    private readonly List<ISqlPart> _parts;
    private readonly string?[] _texts = new string?[3];

    public Sql(int literalLength, int formattedCount)
    {
        _ = literalLength;
        _parts = new((2 * formattedCount) + 1);
    }

    /// <summary>The text that reads the current rows.</summary>
    public string Present => Text(SqlForm.Present);

    /// <summary>The names of the parameters that take one value.</summary>
    public IEnumerable<string> Parameters =>
        ParametersIn(string.Concat(Leaves.Select(part => (part as Literal)?.Characters ?? " ")));

    /// <summary>The names of the parameters that take several values.</summary>
    public IEnumerable<string> MultiValues => Leaves.OfType<MultiValue>().Select(value => value.Name);

    IEnumerable<(string Name, string Text)> INamedStatements.Statements =>
        [("", Present), (nameof(SqlForm.AtInstant), Text(SqlForm.AtInstant))];

    private IEnumerable<ISqlPart> Leaves => _parts.SelectMany(part => part is Sql nested ? nested.Leaves : [part]);

    /// <summary>
    /// The comparison of a column with one value or several: <c>= @Name</c>, or <c>IN (@Name_0, …)</c> after
    /// <see cref="WithValues"/>.
    /// </summary>
    public static ISqlPart In(string name) => new MultiValue(name);

    /// <summary>The parts with a separator between them.</summary>
    public static Sql Join(string separator, IEnumerable<Sql> parts)
    {
        var joined = new Sql(0, 4);
        foreach (var part in parts)
        {
            if (joined._parts.Count > 0)
            {
                joined.AppendLiteral(separator);
            }

            joined.AppendFormatted(part);
        }

        return joined;
    }

    public void AppendLiteral(string value) => _parts.Add(new Literal(value));

    public void AppendFormatted(string value) => _parts.Add(new Literal(value));

    /// <exception cref="ArgumentNullException">The part is that of a class whose fields are not initialized yet.</exception>
    public void AppendFormatted(ISqlPart part)
    {
        // The Sql classes refer to each other's fields, so that one may be read before its static fields are initialized. Its
        // tables must be declared first.
        ArgumentNullException.ThrowIfNull(part);
        _parts.Add(part);
    }

    /// <inheritdoc/>
    public string Text(SqlForm form) => _texts[(int)form] ??= string.Concat(_parts.Select(part => part.Text(form)));

    /// <summary>
    /// The same statement with a number of placeholders for the values of a parameter, one of the sizes in
    /// <see cref="ParameterLists"/>.
    /// </summary>
    public Sql WithValues(string name, int places)
    {
        var bound = new Sql(0, _parts.Count);
        foreach (var part in _parts)
        {
            bound._parts.Add(
                part switch
                {
                    MultiValue value when value.Name == name => new Literal(ParameterLists.In(name, places)),
                    Sql nested => nested.WithValues(name, places),
                    _ => part,
                }
            );
        }

        return bound;
    }

    private static IEnumerable<string> ParametersIn(string text)
    {
        for (var sign = text.IndexOf('@'); sign >= 0; sign = text.IndexOf('@', sign + 1))
        {
            var end = sign + 1;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
            {
                end++;
            }

            yield return text[(sign + 1)..end];
        }
    }

    private sealed record Literal(string Characters) : ISqlPart
    {
        public string Text(SqlForm form) => Characters;
    }

    private sealed record MultiValue(string Name) : ISqlPart
    {
        public string Text(SqlForm form) => $"= @{Name}";
    }
}

/// <summary>
/// A statement composed for one request. Neither the program nor Dapper caches its text, because there are too many different
/// ones (<see cref="Queries.ComposedRowsAsync"/>).
/// </summary>
internal sealed class ComposedSql(Sql statement)
{
    public string Text(SqlForm form) => statement.Text(form);
}
