using System.Collections.Frozen;
using System.Reflection;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>A value of the code that stands for several statements, such as a table.</summary>
internal interface INamedStatements
{
    /// <summary>The texts of the statements, by their name within the value; an empty name for the value itself.</summary>
    public IEnumerable<(string Name, string Text)> Statements { get; }
}

/// <summary>The names of the statements, for metrics and spans.</summary>
/// <remarks>
/// A statement has the name of its place in the code, such as <c>ForumSql.Members</c>. One that is composed for a request, such as
/// a page of a list, has the operation and the first table, as the semantic conventions of OpenTelemetry have it:
/// <c>SELECT Forum</c>. What prepares a connection and ends a transaction has no name.
/// </remarks>
internal static class StatementNames
{
    /// <summary>The name of several statements that are sent together, as the semantic conventions have it.</summary>
    public const string Batch = "BATCH";

    private const string From = "FROM ";

    private static readonly Lazy<FrozenDictionary<string, string>> Known = new(Collect);

    /// <summary>The name of a statement; null for one that is not measured.</summary>
    public static string? Of(string text) =>
        text == Batch ? Batch
        : !IsMeasured(text) ? null
        : Known.Value.TryGetValue(text, out var name) ? name
        : SummaryOf(text);

    /// <summary>False for what is done at every request and takes no time, such as <c>PRAGMA data_version</c>.</summary>
    private static bool IsMeasured(string text) =>
        !text.StartsWith("PRAGMA", StringComparison.Ordinal) && !text.StartsWith("SAVEPOINT", StringComparison.Ordinal);

    private static string? SummaryOf(string text)
    {
        var verb = WordAt(text, 0).ToString();
        int? table = verb switch
        {
            "SELECT" or "DELETE" or "WITH" => TableAt(text),
            "INSERT" => "INSERT INTO ".Length,
            "UPDATE" => "UPDATE ".Length,
            _ => null,
        };
        return table is { } at ? $"{verb} {WordAt(text, at)}".TrimEnd() : null;
    }

    /// <summary>The place of the first table that a statement reads, also within a subquery.</summary>
    private static int TableAt(string text)
    {
        var at = 0;
        while ((at = text.IndexOf(From, at, StringComparison.Ordinal)) >= 0)
        {
            at += From.Length;
            if (WordAt(text, at) is not "SELECT")
            {
                return at;
            }
        }

        return text.Length;
    }

    private static ReadOnlySpan<char> WordAt(string text, int at)
    {
        var rest = text.AsSpan(Math.Min(at, text.Length)).TrimStart(" \n(");
        var end = rest.IndexOfAnyExcept(Letters);
        return end < 0 ? rest : rest[..end];
    }

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );

    private static FrozenDictionary<string, string> Collect()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var holder in typeof(StatementNames).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
        )
        {
            foreach (var field in holder.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            {
                var name = $"{holder.Name}.{field.Name}";
                switch (field.FieldType)
                {
                    case var type when type == typeof(string):
                        Add(name, (string?)field.GetValue(null));
                        break;
                    case var type when typeof(INamedStatements).IsAssignableFrom(type):
                        foreach (var (part, text) in ((INamedStatements?)field.GetValue(null))?.Statements ?? [])
                        {
                            Add(part.Length == 0 ? name : $"{name}.{part}", text);
                        }

                        break;
                }
            }
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(string name, string? text)
        {
            if (text is not null && SummaryOf(text) is not null)
            {
                names.TryAdd(text, name);
            }
        }
    }
}
