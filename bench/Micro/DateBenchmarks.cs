using BenchmarkDotNet.Attributes;
using Registry.Domain;

namespace Registry.Bench.Micro;

/// <summary>Reading dates known to the year, the month and the day.</summary>
public class DateBenchmarks
{
    /// <summary>The date.</summary>
    [Params("1992", "1992-05", "1992-05-15")]
    public string Text { get; set; } = "";

    /// <summary>Reads it.</summary>
    [Benchmark]
    public PartialDate Read() => PartialDate.Parse(Text);

    /// <summary>Reads it and writes it again.</summary>
    [Benchmark]
    public string ReadAndWrite() => PartialDate.Parse(Text).ToString();
}
