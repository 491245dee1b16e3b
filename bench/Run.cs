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

    /// <summary>Measures what was asked for.</summary>
    /// <returns>0 where all of it was measured, met or not.</returns>
    public static async Task<int> OfAsync(Arguments asked)
    {
        if (!File.Exists(Product.Assembly))
        {
            await Console.Error.WriteLineAsync(
                $"There is no release build of the product at {Product.Assembly}. Run with: dotnet run -c Release --project bench"
            );
            return 2;
        }

        var progress = new Progress(asked.Parts.Count);
        using var folder = new DataFolder(asked.DataFolder, progress);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => End(context));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context));
        var bench = new Workbench(asked, folder, progress);
        try
        {
            foreach (var part in asked.Parts)
            {
                progress.Begin(part.Name);
                await part.MeasureAsync(bench);
            }
        }
        finally
        {
            Server.EndAll();
            progress.End();
        }

        Console.WriteLine(Document.Machine());
        Console.WriteLine(Table.Of(bench.Rows, ratiosOnly: false));
        foreach (var note in bench.Notes)
        {
            Console.WriteLine(note);
        }

        if (asked.Out is not null)
        {
            await Document.WriteAsync(asked.Out, bench.Rows, asked.Call);
        }

        return 0;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            Server.EndAll();
            progress.End();
            folder.Dispose();
            Environment.Exit(Interrupted);
        }
    }
}
