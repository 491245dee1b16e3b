using Microsoft.Data.Sqlite;
using Registry.Bench.Load;

namespace Registry.Bench.Data;

/// <summary>Corrects the memberships of the large forums one after the other, each time by another day.</summary>
internal sealed class Corrections
{
    private readonly int[] _versions = new int[SmallRegistry.MembershipsOfLarge];
    private int _next;

    private Corrections() { }

    /// <summary>Looks up which versions are on file.</summary>
    public static Corrections Of(RegistryFile registry)
    {
        var corrections = new Corrections();
        using var connection = new SqliteConnection($"Data Source={registry.File};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand("SELECT Version FROM Membership WHERE Id = @Id", connection);
        var id = command.Parameters.Add("@Id", SqliteType.Text);
        for (var number = 0; number < corrections._versions.Length; number++)
        {
            id.Value = SmallRegistry.IdOfLarge(number);
            corrections._versions[number] = Convert.ToInt32(command.ExecuteScalar(), null);
        }

        return corrections;
    }

    /// <summary>The address of a membership of a large forum.</summary>
    public static string AddressOf(int number) => $"/v1/memberships/{SmallRegistry.IdOfLarge(number)}";

    /// <summary>Corrections of the next memberships; the same one comes again after all others.</summary>
    public byte[][] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Of(_next++ % _versions.Length))];

    /// <summary>A correction of the next membership, whoever asks for it.</summary>
    public byte[] Following()
    {
        lock (_versions)
        {
            return Of(_next++ % _versions.Length);
        }
    }

    /// <summary>A correction of one membership.</summary>
    public byte[] Of(int number)
    {
        // Counted for each record, so that it differs from the version before: what changes nothing makes no version.
        var version = _versions[number]++;
        var standings = SmallRegistry.Standings(number % SmallRegistry.MembersOfLarge, version);
        return Request.Patch(AddressOf(number), $$"""{"standings":{{standings}}}""", version);
    }
}
