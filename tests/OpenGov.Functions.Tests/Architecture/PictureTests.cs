namespace OpenGov.Functions.Architecture;

public sealed class PictureTests
{
    [Fact]
    public void The_picture_of_the_transitions_is_the_one_that_the_tables_draw()
    {
        var drawn = TransitionPicture.Draw();
        if (Environment.GetEnvironmentVariable("REDRAW") == "1")
        {
            File.WriteAllText(TransitionPicture.File, drawn);
        }
        Assert.True(
            File.Exists(TransitionPicture.File) && File.ReadAllText(TransitionPicture.File).ReplaceLineEndings("\n") == drawn,
            $"A table of transitions has changed since {Path.GetFileName(TransitionPicture.File)} was drawn. Run this test with REDRAW=1 in the environment, and commit the file.");
    }
}
