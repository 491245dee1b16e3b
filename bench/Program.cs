using Registry.Bench;
using Registry.Bench.Micro;
using Registry.Bench.Servers;
using Registry.Bench.Soak;

// The servers that the measurements compare the product with are verbs of this same program, each run in a process of its own.
switch (args)
{
    case ["yardstick", var file, var address]:
        await YardstickProgram.RunAsync(file, address);
        return 0;
    case ["peer", var file, var address]:
        await PeerProgram.RunAsync(file, address);
        return 0;
}

Arguments asked;
try
{
    asked = Arguments.Read(args);
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message} --help tells what there is.");
    return 2;
}

if (asked.Help)
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

return asked switch
{
    { Micro: true } => MicroBenchmarks.Run(),
    { SoakMinutes: { } minutes } => await SoakRun.OfAsync(minutes, asked.Out ?? Path.GetFullPath("soak.svg")),
    _ => await Run.OfAsync(asked),
};
