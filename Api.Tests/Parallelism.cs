// Many fixtures wait, for a disk or for a program that they started, so more of them run at once than there are cores on a small
// machine. What has to be alone says so.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
