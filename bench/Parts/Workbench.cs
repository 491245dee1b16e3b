using Registry.Bench.Data;
using Registry.Bench.Report;
using Registry.Bench.Terminal;

namespace Registry.Bench.Parts;

/// <summary>What the parts measure with, and where they put what they found.</summary>
internal sealed class Workbench(Arguments asked, DataFolder data, Progress progress) : IAsyncDisposable
{
    private readonly List<Row> _rows = [];
    private readonly List<string> _notes = [];
    private Pair? _pair;

    /// <summary>What was measured so far.</summary>
    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>What is to be said beside the table.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The data.</summary>
    public DataFolder Data => data;

    /// <summary>The sizes to measure on, smallest first.</summary>
    public IReadOnlyList<DataSize> Sizes => asked.Sizes;

    /// <summary>How often each comparison is made.</summary>
    public int Rounds => asked.Rounds;

    /// <summary>True where two minutes are all there is.</summary>
    public bool Quick => asked.Quick;

    /// <summary>The pair that parts share, one after the other.</summary>
    public async Task<Pair> PairAsync() => _pair ??= await Pair.StartAsync(data);

    /// <summary>Ends the pair, so that nothing runs beside what is measured.</summary>
    public async Task EndPairAsync()
    {
        if (_pair is not null)
        {
            await _pair.DisposeAsync();
            _pair = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndPairAsync();

    /// <summary>Says what is being done.</summary>
    public void Tell(string what) => progress.Tell(what);

    /// <summary>Adds a line to the table.</summary>
    public void Add(Row row) => _rows.Add(row);

    /// <summary>Adds a sentence below the table.</summary>
    public void Note(string sentence) => _notes.Add(sentence);

    /// <summary>
    /// Has two servers asked in turn, each round in the other order, and tells the CPU time of a request to the first as a
    /// ratio to that of a request to the second.
    /// </summary>
    public async Task<double[]> CompareAsync(string what, Side ours, Side theirs)
    {
        await WarmAsync(what, ours, theirs);
        var ratios = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            Tell($"{what}, round {round + 1} of {Rounds}");
            var (one, other) = await Turns.OfAsync(round, ours, theirs);
            ratios[round] = one / other;
        }

        return ratios;
    }

    /// <summary>Has servers asked the same in turn, and tells the CPU time of a request to each as ratios to the first.</summary>
    /// <returns>The ratios of all rounds, by server.</returns>
    public async Task<IReadOnlyList<double[]>> GrowthAsync(string what, IReadOnlyList<Side> sides)
    {
        await WarmAsync(what, [.. sides]);
        double[][] ratios = [.. sides.Select(_ => new double[Rounds])];
        for (var round = 0; round < Rounds; round++)
        {
            Tell($"{what}, round {round + 1} of {Rounds}");
            var spent = new double[sides.Count];
            for (var turn = 0; turn < sides.Count; turn++)
            {
                var place = (round + turn) % sides.Count;
                spent[place] = await sides[place].BurstAsync();
            }

            for (var place = 0; place < sides.Count; place++)
            {
                ratios[place][round] = spent[place] / spent[0];
            }
        }

        return ratios;
    }

    /// <summary>Lets the compiler of the runtime see what is hot, and compile it for that.</summary>
    public Task WarmAsync(string what, params Side[] sides) =>
        WarmAsync(what, [.. sides.Select<Side, Func<Task<double>>>(side => side.BurstAsync)]);

    /// <summary>
    /// The same for bursts of whatever kind, which tell what a request cost. It ends when none has got cheaper for a while.
    /// </summary>
    public async Task WarmAsync(string what, params Func<Task<double>>[] bursts)
    {
        Tell($"{what}, warming up");
        var least = new double[bursts.Length];
        Array.Fill(least, double.MaxValue);
        var (most, patience) = Quick ? (6, 2) : (14, 3);
        for (var (time, since) = (0, 0); time < most && since < patience; time++, since++)
        {
            for (var place = 0; place < bursts.Length; place++)
            {
                var cost = await bursts[place]();
                since = cost < 0.97 * least[place] ? 0 : since;
                least[place] = Math.Min(least[place], cost);
            }

            // Methods that were called often are compiled anew in the background after a while without new ones.
            await Task.Delay(200);
        }
    }
}
