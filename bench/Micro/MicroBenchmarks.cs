using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Registry.Bench.Micro;

/// <summary>The few questions that are asked inside one process: what a date, a cursor and a page of records cost.</summary>
internal static class MicroBenchmarks
{
    /// <summary>Measures them.</summary>
    /// <returns>0 where all of them ran.</returns>
    public static int Run()
    {
        // In this process: a project made for it would stand outside the settings of this source.
        var settings = ManualConfig
            .CreateEmpty()
            .AddJob(
                Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(12)
            )
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "registry-bench", "micro"))
            .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile);
        var summaries = BenchmarkRunner.Run(
            [typeof(DateBenchmarks), typeof(CursorBenchmarks), typeof(PageBenchmarks)],
            settings
        );
        return Array.TrueForAll(
            summaries,
            summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)
        )
            ? 0
            : 1;
    }
}
