using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Registry.Bench.Data;
using Registry.Bench.Parts;
using Registry.Bench.Report;
using Registry.Bench.Servers;
using Registry.Bench.Terminal;

namespace Registry.Bench;

/// <summary>One run of the measurements, from the data to the table.</summary>
internal static class Run
{
    private const int Interrupted = 130;

    private static bool IsDebugBuild =>
        typeof(Run).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    /// <summary>Measures what was asked for.</summary>
    /// <returns>0 where all of it was measured, met or not; 1 where a goal is not met without which the run fails.</returns>
    public static async Task<int> OfAsync(Arguments asked)
    {
        if (IsDebugBuild || !File.Exists(Product.Assembly))
        {
            await Console.Error.WriteLineAsync(
                "Only release builds are measured: dotnet run -c Release --project bench -- --help"
            );
            return 2;
        }

        var interrupted = false;
        var progress = new Progress(asked.Parts.Count);
        using var folder = new DataFolder(asked.DataFolder, progress);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => End(context));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context));
        await using var bench = new Workbench(asked, folder, progress);
        try
        {
            foreach (var part in asked.Parts)
            {
                progress.Begin(part.Name);
                if (part is not PairPart)
                {
                    await bench.EndPairAsync();
                    folder.Clear();
                }

                await part.MeasureAsync(bench);
            }
        }
        catch (Exception) when (interrupted)
        {
            // What failed because its server was ended is no news; the handler below ends this program.
            await Task.Delay(Timeout.Infinite);
        }
        finally
        {
            Server.EndAll();
            progress.End();

            // Also where a part broke off: what was measured before it is not lost.
            Console.WriteLine(Document.Machine());
            Console.WriteLine(Table.Of(bench.Rows, ratiosOnly: false));
        }

        foreach (var note in bench.Notes)
        {
            Console.WriteLine(note);
        }

        if (asked.Out is not null)
        {
            await Document.WriteAsync(asked.Out, bench.Rows, asked.Call);
        }

        return bench.Rows.Any(row => row is { Fails: true, Verdict: "not met" }) ? 1 : 0;

        void End(PosixSignalContext context)
        {
            context.Cancel = interrupted = true;
            Server.EndAll();
            progress.End();
            folder.Dispose();
            Environment.Exit(Interrupted);
        }
    }
}
